package org.latentmim.video;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.latentmim.eval.Bootstrap;
import org.latentmim.spi.Score;

/**
 * The scores of all objects together, each object with the same weight however many a video has.
 *
 * @param followed how well each object was followed by the representation of this name
 * @param copied how well each was met by copying the first mask
 */
record VideoScores(VideoSegmentationEvaluator.Config config, String representation, List<Video> videos,
        List<ObjectScore> followed, List<ObjectScore> copied) {

    List<Score> all() {
        String objects = " over " + counted(followed.size(), "object") + " of " + counted(videos.size(), "video")
                + ", as davis2017-evaluation without first and last frame";
        String how = objects + "; first mask passed on as by DINO: short side " + config.size() + ", the first and the last "
                + config.lastFrames() + " frames, top " + config.topK() + " by cosine within " + config.neighborhood()
                + " patches, temperature " + config.temperature() + "; patch features of '" + representation
                + "' in their own normalisation and layer (DINO: deviation .228 for red, after the final norm)";
        return List.of(
                score("J&F", "mean of J mean and F mean" + how, followed, ObjectScore::mean),
                score("J mean", "region similarity, mean" + how, followed, object -> object.region().mean()),
                score("F mean", "boundary accuracy, mean" + how, followed, object -> object.boundary().mean()),
                score("J recall", "share of frames with J above 0.5, mean" + how, followed, object -> object.region().recall()),
                score("F recall", "share of frames with F above 0.5, mean" + how, followed, object -> object.boundary().recall()),
                score("J decay", "J of the first quarter less that of the last, mean" + how, followed,
                        object -> object.region().decay()),
                score("F decay", "F of the first quarter less that of the last, mean" + how, followed,
                        object -> object.boundary().decay()),
                score("J&F of copying the first mask",
                        "baseline without any features: every frame gets the first mask; mean of J mean and F mean" + objects,
                        copied, ObjectScore::mean));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private Score score(String name, String protocol, List<ObjectScore> objects, ToDoubleFunction<ObjectScore> value) {
        double[] values = objects.stream().mapToDouble(object -> 100 * value.applyAsDouble(object)).toArray();
        int judged = videos.stream().mapToInt(video -> video.frames().size() - 2).sum();
        return new Score(name, mean(values), "%", judged, protocol,
                values.length < 2 ? Optional.empty() : Optional.of(new Bootstrap(config.seed(), "objects").ofMean(values)),
                settings());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("videos", String.join(", ", videos.stream().map(Video::name).toList()));
        settings.put("objects", String.valueOf(followed.size()));
        settings.put("short-side", String.valueOf(config.size()));
        settings.put("last-frames", String.valueOf(config.lastFrames()));
        settings.put("top-k", String.valueOf(config.topK()));
        settings.put("temperature", String.valueOf(config.temperature()));
        settings.put("neighborhood", String.valueOf(config.neighborhood()));
        settings.put("seed", String.valueOf(config.seed()));
        return settings;
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).sum() / values.length;
    }
}
