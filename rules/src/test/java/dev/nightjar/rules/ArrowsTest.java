package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Arrows only point down; no host knows a host, no face knows a host or a layer.
class ArrowsTest {
    @TempDir
    Path folder;

    @Test
    void everyArrowPointsDown() {
        assertThat(wrongArrows(SourceModule.compiled())).isEmpty();
    }

    @ParameterizedTest(name = "{0} must not use {1}")
    @CsvSource({
        "dsp, media",
        "dsp, spi",
        "media, spi",
        "media, codec.one",
        "spi, media",
        "spi, driver.one",
        "spi, ffi",
        "driver.one, driver.two",
        "driver.one, layer.mixer",
        "driver.one, player",
        "driver.one, codec.one",
        "layer.mixer, driver.one",
        "layer.mixer, layer.aggregate",
        "codec.one, spi",
        "codec.one, codec.two",
        "player, driver.one",
        "player, layer.mixer",
        "player, codec.one",
        "player, doctor",
        "player, app",
        "app, driver.one",
        "app, ffi",
        "contract, driver.one",
        "wire, spi",
        "ffi, spi"
    })
    void catchesAnArrowThatPointsUpOrAcross(String from, String to) {
        assertThat(wrongArrows(arrow(from, to))).hasSize(1);
    }

    @ParameterizedTest(name = "{0} may use {1}")
    @CsvSource({
        "spi, dsp",
        "driver.one, ffi",
        "driver.one, media",
        "layer.mixer, spi",
        "codec.one, media",
        "player, spi",
        "app, player"
    })
    void letsAnArrowPointDown(String from, String to) {
        assertThat(wrongArrows(arrow(from, to))).isEmpty();
    }

    private JavaClasses arrow(String from, String to) {
        String target = "package dev.nightjar.%s; public class Target {}".formatted(to);
        String user = "package dev.nightjar.%s; class User { dev.nightjar.%s.Target used; }".formatted(from, to);
        return Fixture.of(folder, target, user).imported();
    }

    private static List<String> wrongArrows(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(ArrowsTest::pointsWrong)
                .map(Dependency::getDescription)
                .toList();
    }

    private static boolean pointsWrong(Dependency arrow) {
        return isOurs(arrow.getOriginClass())
                && isOurs(arrow.getTargetClass())
                && !place(arrow.getOriginClass()).mayUse(place(arrow.getTargetClass()));
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(Place.ROOT + ".");
    }

    private static Place place(JavaClass type) {
        return Place.of(type.getPackageName());
    }
}
