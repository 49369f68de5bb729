package org.latentmim.eval;

import java.util.List;
import org.latentmim.spi.Evaluator;
import org.latentmim.testing.EvaluatorContract;

class SweptLinearProbeEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new SweptLinearProbeEvaluator(new SweptLinearProbeEvaluator.Config(
                List.of(0.001, 0.01, 0.1, 1.0), List.of(0.0, 1e-4), 20, 128, 0.1, 0));
    }
}
