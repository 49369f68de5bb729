package org.latentmim.eval;

import org.latentmim.spi.Evaluator;
import org.latentmim.testing.EvaluatorContract;

class LinearProbeEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new LinearProbeEvaluator(new LinearProbeEvaluator.Config(90, 1024, 6.4, 10, false, 0));
    }
}
