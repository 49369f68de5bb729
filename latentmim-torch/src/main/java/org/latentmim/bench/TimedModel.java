package org.latentmim.bench;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.train.LatentMim;
import org.latentmim.train.LossTerm;
import org.latentmim.train.Objective;

/** Puts a clock beside the parts of a model, so that the train step needs none. */
final class TimedModel {

    private TimedModel() {}

    /** Returns a model of the same parts that tells the clock which of them is at work; what follows the losses is backward. */
    static LatentMim of(LatentMim model, PhaseClock clock) {
        return new LatentMim(
                new ObservedEncoder(model.online(), ObservedEncoder.Observer.before(() -> clock.enter(Phase.ENCODER))),
                model.objectives().stream().map(objective -> timed(objective, clock)).toList());
    }

    private static Objective timed(Objective objective, PhaseClock clock) {
        List<LossTerm> losses = objective.losses().stream()
                .map(term -> new LossTerm(term.name(), term.weight(), new TimedLoss(term.loss(), clock)))
                .toList();
        return new Objective(objective.prefix(), new TimedDecoder(objective.decoder(), clock), objective.target(), losses);
    }

    private record TimedDecoder(Decoder decoder, PhaseClock clock) implements Decoder {

        @Override
        public Tensor predict(Tensor seen, Tensor seenIds, Tensor maskedIds) {
            clock.enter(Phase.DECODER);
            return decoder.predict(seen, seenIds, maskedIds);
        }

        @Override
        public Parameters parameters() {
            return decoder.parameters();
        }
    }

    private record TimedLoss(ReconstructionLoss loss, PhaseClock clock) implements ReconstructionLoss {

        @Override
        public Tensor loss(Reconstruction reconstruction, Progress progress) {
            clock.enter(Phase.LOSS);
            Tensor value = loss.loss(reconstruction, progress);
            clock.enter(Phase.BACKWARD);
            return value;
        }

        @Override
        public Parameters parameters() {
            return loss.parameters();
        }
    }
}
