package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Default;

class RecordBinderTest {

    record Everything(
            int count,
            long big,
            double rate,
            boolean on,
            String text,
            Shade shade,
            Path path,
            Optional<String> maybe,
            OptionalInt maybeCount,
            OptionalDouble maybeRate,
            List<Integer> counts,
            Inner inner) {}

    record Inner(@Default("1") int fromZero, @Default("[0.9, 0.95]") List<Double> betas) {
        Inner {
            if (fromZero < 1) {
                throw new IllegalArgumentException("from-zero must be at least 1, but is " + fromZero);
            }
        }
    }

    enum Shade { LIGHT_GRAY, BLACK }

    record Optionals(Optional<Integer> number, OptionalInt count, OptionalDouble rate, Optional<List<Path>> paths) {}

    record Narrow(int count) {}

    record Loose(double rate, String text, boolean on) {}

    record BadDefault(@Default("three") int count) {}

    record Failing(int count) {
        Failing {
            throw new IllegalStateException("no luck with " + count);
        }
    }

    @Test
    void bindsEveryType() {
        Everything bound = bind(Everything.class, """
                count: -3
                big: 3000000000
                rate: 1e-4
                on: true
                text: 12
                shade: light-gray
                path: a/../b
                maybe: "null"
                maybe-count: 4
                maybe-rate: .5
                counts: [1, 2]
                inner: {}
                """);

        assertThat(bound).isEqualTo(new Everything(-3, 3_000_000_000L, 1e-4, true, "12", Shade.LIGHT_GRAY, Path.of("/recipes/b"),
                Optional.of("null"), OptionalInt.of(4), OptionalDouble.of(0.5), List.of(1, 2), new Inner(1, List.of(0.9, 0.95))));
    }

    @Test
    void anOptionalKeyMayBeMissingOrEmpty() {
        Optionals none = new Optionals(Optional.empty(), OptionalInt.empty(), OptionalDouble.empty(), Optional.empty());

        assertThat(bind(Optionals.class, "{}")).isEqualTo(none);
        assertThat(bind(Optionals.class, "{number: ~, count: null, rate: , paths: ~}")).isEqualTo(none);
        assertThat(bind(Optionals.class, "{paths: [x, /y]}").paths()).contains(List.of(Path.of("/recipes/x"), Path.of("/y")));
    }

    @Test
    void aNumberMayBeWhole() {
        assertThat(bind(Loose.class, "{rate: 3, text: '', on: false}")).isEqualTo(new Loose(3, "", false));
    }

    @Test
    void aNumberIsNothingElse() {
        refused(Loose.class, "{rate: .nan, text: x, on: true}").hasMessage(problem("rate: must be a number, but is '.nan'"));
        refused(Loose.class, "{rate: 0x10, text: x, on: true}").hasMessage(problem("rate: must be a number, but is '0x10'"));
        refused(Narrow.class, "count: 1_000").hasMessage(problem("count: must be a whole number, but is '1_000'"));
        refused(Narrow.class, "count: 2147483648")
                .hasMessage(problem("count: must be a whole number of 32 bits, but is '2147483648'"));
        refused(Narrow.class, "count: [1]").hasMessage(problem("count: must be a whole number, but is a list"));
        refused(Narrow.class, "count:").hasMessage(problem("count: must be a whole number, but is empty"));
    }

    @Test
    void refusesARecordThatIsNoMap() {
        refused(Narrow.class, "3").hasMessage(problem("must be a map, but is '3'"));
    }

    @Test
    void checksNoRangeWhereAKeyIsWrong() {
        refused(Inner.class, "{from-zero: 0, beta: 3}")
                .hasMessage(problem("beta: unknown key. Did you mean 'betas'? Allowed: from-zero, betas"));
        refused(Inner.class, "from-zero: 0").hasMessage(problem("from-zero must be at least 1, but is 0"));
    }

    @Test
    void aBrokenDefaultNamesItsRecord() {
        refused(BadDefault.class, "{}").hasMessage("""
                1 problem in some.yaml:
                  @Default of BadDefault.count  count: must be a whole number, but is 'three'""");
    }

    @Test
    void aRecordThatFailsOtherwiseIsNoMistakeOfTheRecipe() {
        assertThatThrownBy(() -> bind(Failing.class, "count: 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("org.latentmim.pipeline.RecordBinderTest$Failing failed to check its values")
                .hasRootCauseMessage("no luck with 1");
    }

    private static String problem(String text) {
        return "1 problem in some.yaml:\n  some.yaml:1  " + text;
    }

    private static AbstractThrowableAssert<?, ?> refused(Class<? extends Record> type, String yaml) {
        return assertThatThrownBy(() -> bind(type, yaml)).isInstanceOf(UsageException.class);
    }

    private static <R extends Record> R bind(Class<R> type, String yaml) {
        Problems problems = new Problems();
        Value value = YamlReader.parse(yaml, Source.file("some.yaml", Path.of("/recipes")));
        Optional<R> bound = new RecordBinder(Catalogue.of(List.of()), problems).bind(type, value, "");
        problems.throwIfAny("some.yaml");
        return bound.orElseThrow();
    }
}
