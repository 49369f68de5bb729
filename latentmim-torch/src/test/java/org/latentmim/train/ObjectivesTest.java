package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.data.Batch;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Reconstruction;

/** Two things to predict from one encoder. */
class ObjectivesTest {

    private static final String DOUBLE = "runtime.precision=fp64";
    private static final String ALSO = "also=[{decoder: {name: cross-attention, width: 8, depth: 1, heads: 2},"
            + " target: {name: momentum, from: 0.5, view: all}, losses: [{name: normalized-l2, weight: 3}]}]";

    @Test
    void haveDecodersTargetsAndLossesOfTheirOwn() {
        TinyModel tiny = TinyModel.with(ALSO);
        assertThat(tiny.model().parts().keySet()).containsExactly("encoder", "decoder", "target_encoder",
                "loss.patch-discrimination", "loss.similarity-constraint", "also.0.decoder", "also.0.target_encoder",
                "loss.normalized-l2");
        List<Objective> objectives = tiny.model().objectives();
        assertThat(objectives.get(1).target().encoder()).isNotEqualTo(objectives.get(0).target().encoder());
        Tensor first = objectives.get(0).target().parameters().all().get("embed.proj.weight");
        Tensor second = objectives.get(1).target().parameters().all().get("embed.proj.weight");
        assertThat(first.equal(second)).as("both begin as the online encoder").isTrue();
        assertThat(first.is_same(second)).isFalse();
    }

    @Test
    void addUpToOneLossAndAreLoggedEachUnderItsName() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel both = TinyModel.with(DOUBLE, ALSO);
            Batch batch = both.batch();
            MaskedPatches patches = both.reader().masked(batch, TinyModel.START);
            StepLog log = new StepLog();
            log.detailed(true);
            both.step().learn(patches, TinyModel.START, 1, log);

            double expected = 0;
            List<Reconstruction> reconstructions = both.step().reconstruct(patches);
            for (int i = 0; i < 2; i++) {
                for (LossTerm term : both.model().objectives().get(i).losses()) {
                    expected += term.weight() * term.loss().loss(reconstructions.get(i), TinyModel.START).item_double();
                }
            }
            assertThat(log.readLoss()).isCloseTo(expected, within(1e-10));
            assertThat(log.readDetails()).containsKeys("loss/patch-discrimination", "loss/normalized-l2", "similarity/predicted",
                    "also.0.similarity/predicted");
            both.model().parts().forEach((name, part) -> part.learning().forEach((weight, tensor) ->
                    assertThat(tensor.grad().defined()).as(name + "." + weight).isTrue()));
        }
    }

    @Test
    void leaveTheFirstOneAloneButForTheEncoderThatTheyShare() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel alone = TinyModel.with(DOUBLE);
            TinyModel both = TinyModel.with(DOUBLE, ALSO);
            MaskedPatches patches = alone.reader().masked(alone.batch(), TinyModel.START);
            alone.step().learn(patches, TinyModel.START, 1, new StepLog());
            both.step().learn(patches, TinyModel.START, 1, new StepLog());
            alone.objective().decoder().parameters().learning().forEach((name, weight) -> {
                Tensor other = both.objective().decoder().parameters().all().get(name);
                assertThat(other.grad().sub(weight.grad()).abs().max().item_double()).as(name).isLessThan(1e-12);
            });
            Tensor encoder = alone.model().online().parameters().all().get("embed.proj.weight").grad();
            Tensor shared = both.model().online().parameters().all().get("embed.proj.weight").grad();
            assertThat(shared.sub(encoder).abs().max().item_double()).isGreaterThan(1e-6);
        }
    }

    @Test
    void mustNotShareTheNameOfALoss() {
        assertThatThrownBy(() -> TinyRecipe.with(ALSO.replace("normalized-l2", "patch-discrimination")))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith(
                        "losses has two terms with the name 'patch-discrimination'; give one of them another with 'as'");
    }
}
