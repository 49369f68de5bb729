package org.latentmim.video;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.interpolate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.kBilinear;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Representation;

/** Finds the masks of a video from its first, frame by frame. */
record ObjectFollower(VideoSegmentationEvaluator.Config config, Representation representation) {

    /**
     * @param first mask of the first frame, in the size of all frames
     * @param objects of which it has any
     */
    List<LabelMap> follow(Video video, LabelMap first, int objects) throws IOException {
        int patch = representation.patchSize();
        VideoFrames frames = new VideoFrames(video, config.channels(), first, config.size(), patch);
        List<LabelMap> found = new ArrayList<>(List.of(first));
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            LabelMap given = NearestPixels.resize(first, frames.rows(), frames.columns());
            LabelPropagation propagation = new LabelPropagation(config, described(frames, 0), oneHot(given, objects));
            for (int i = 1; i < frames.size(); i++) {
                try (PointerScope step = new PointerScope()) {
                    LabelMap mask = mask(propagation.next(described(frames, i)), patch);
                    found.add(NearestPixels.resize(mask, first.height(), first.width()));
                }
            }
        }
        return found;
    }

    /** Returns the features alone, {@code [rows * columns, D]}: all that was made on the way would last as long as the video. */
    private Tensor described(VideoFrames frames, int index) throws IOException {
        PointerScope caller = PointerScope.getInnerScope();
        try (PointerScope scope = new PointerScope()) {
            Tensor features = representation.patches(frames, index, frames.rows(), frames.columns());
            caller.attach(features);
            return features;
        }
    }

    /** Returns {@code [rows, columns, 1 + objects]}. */
    private static Tensor oneHot(LabelMap map, int objects) {
        Tensor labels = empty(map.height(), map.width(), 1 + objects);
        float[] values = new float[map.classes().length * (1 + objects)];
        for (int i = 0; i < map.classes().length; i++) {
            values[i * (1 + objects) + Byte.toUnsignedInt(map.classes()[i])] = 1;
        }
        labels.data_ptr_float().put(values);
        return labels;
    }

    /** Returns the strongest label of every pixel, each label stretched from 0 to 1. */
    private static LabelMap mask(Tensor labels, int patch) {
        long height = labels.size(0) * patch;
        long width = labels.size(1) * patch;
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.size().put(new LongVector(new long[] {height, width}));
        options.mode().put(new kBilinear());
        options.align_corners().put(false);
        Tensor fine = interpolate(labels.permute(2, 0, 1).unsqueeze(0), options).squeeze(0); // [C, height, width]
        Tensor least = fine.amin(new long[] {1, 2}, true);
        Tensor range = fine.amax(new long[] {1, 2}, true).sub(least);
        // A label that is equally strong everywhere, such as the background where an object is lost, is left as it is.
        Tensor stretched = fine.sub(least).div(range).where(range.gt(new Scalar(0)), fine);
        Tensor strongest = stretched.argmax(new LongOptional(0), false).to(ScalarType.Byte).contiguous();
        byte[] classes = new byte[Math.toIntExact(height * width)];
        new BytePointer(strongest.data_ptr()).get(classes);
        return new LabelMap((int) height, (int) width, classes);
    }
}
