package dev.nightjar;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What happens to a sample on its way, in order.
///
/// @param stages from the program's side to the converter when rendering, from the converter to the program when
///     capturing
public record SignalPath(List<Stage> stages) implements Iterable<SignalPath.Stage> {
    public static final SignalPath EMPTY = new SignalPath(List.of());

    /// What a stage does to the valid bits of a sample.
    public enum Fidelity {
        /// They are unchanged.
        EXACT,
        /// They are changed in a way that can be undone.
        LOSSLESS,
        /// The host does not tell.
        UNKNOWN,
        /// They are changed.
        ALTERED
    }

    /// One thing that happens to a sample.
    ///
    /// @param name what it is: `decode`, `convert`, `dither`, `mix`, `device`
    /// @param detail with which parameters, such as `S16 → S32`
    /// @param fidelity what it does to the valid bits
    public record Stage(String name, String detail, Fidelity fidelity) {
        @Override
        public String toString() {
            return name + ": " + detail + " [" + fidelity + "]";
        }
    }

    public SignalPath {
        stages = List.copyOf(stages);
    }

    /// The path with another behind it.
    public SignalPath then(SignalPath next) {
        List<Stage> all = new ArrayList<>(stages);
        all.addAll(next.stages);
        return new SignalPath(all);
    }

    public SignalPath then(Stage stage) {
        return then(new SignalPath(List.of(stage)));
    }

    /// The worst of the stages: [Fidelity#EXACT] only if all are. An empty path is exact.
    public Fidelity fidelity() {
        Fidelity worst = Fidelity.EXACT;
        for (Stage stage : stages) {
            worst = stage.fidelity().compareTo(worst) > 0 ? stage.fidelity() : worst;
        }
        return worst;
    }

    @Override
    public Iterator<Stage> iterator() {
        return stages.iterator();
    }
}
