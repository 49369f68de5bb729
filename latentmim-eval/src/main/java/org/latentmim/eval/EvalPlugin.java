package org.latentmim.eval;

import java.util.List;
import org.latentmim.segmentation.SegmentationProbeEvaluator;
import org.latentmim.segmentation.UnsupervisedSegmentationEvaluator;
import org.latentmim.spi.Component;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Plugin;
import org.latentmim.video.VideoSegmentationEvaluator;

/** The evaluators of the framework; {@link #components} names them. */
public final class EvalPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(Evaluator.class, "nearest-neighbor", NearestNeighborEvaluator.class,
                        NearestNeighborEvaluator.Config.class),
                Component.of(Evaluator.class, "linear-probe", LinearProbeEvaluator.class, LinearProbeEvaluator.Config.class),
                Component.of(Evaluator.class, "swept-linear-probe", SweptLinearProbeEvaluator.class,
                        SweptLinearProbeEvaluator.Config.class),
                Component.of(Evaluator.class, "fine-tune", FineTuneEvaluator.class, FineTuneEvaluator.Config.class),
                Component.of(Evaluator.class, "few-shot", FewShotEvaluator.class, FewShotEvaluator.Config.class),
                Component.of(Evaluator.class, "segmentation-probe", SegmentationProbeEvaluator.class,
                        SegmentationProbeEvaluator.Config.class),
                Component.of(Evaluator.class, "unsupervised-segmentation", UnsupervisedSegmentationEvaluator.class,
                        UnsupervisedSegmentationEvaluator.Config.class),
                Component.of(Evaluator.class, "video-segmentation", VideoSegmentationEvaluator.class,
                        VideoSegmentationEvaluator.Config.class),
                Component.of(Evaluator.class, "diagnostics", DiagnosticsEvaluator.class, DiagnosticsEvaluator.Config.class));
    }
}
