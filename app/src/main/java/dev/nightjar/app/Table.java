package dev.nightjar.app;

import java.util.ArrayList;
import java.util.List;

/// Rows whose columns are aligned, two spaces apart; the last one is as long as it is.
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                boolean last = column == row.size() - 1;
                line.append(last ? row.get(column) : Text.padded(row.get(column), width(column)) + GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size() - 1)
                .mapToInt(row -> Text.width(row.get(column)))
                .max()
                .orElse(0);
    }
}
