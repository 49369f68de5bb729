package org.latentmim.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latentmim.spi.LabelMap;

/**
 * How well one object of a video was followed. The first frame, whose mask is given, and the last one are not judged.
 *
 * @param name of the video and the object, as in {@code libby_1}
 * @param region J over the frames
 * @param boundary F over the frames
 */
record ObjectScore(String name, Statistics region, Statistics boundary) {

    private static final int QUARTERS = 4;

    /**
     * What the values of the frames come to.
     *
     * @param recall share of the frames with more than one half
     * @param decay mean of the first quarter of the frames less that of the last
     */
    record Statistics(double mean, double recall, double decay) {

        static Statistics of(double[] values) {
            int good = 0;
            for (double value : values) {
                good += value > 0.5 ? 1 : 0;
            }
            return new Statistics(mean(values, 0, values.length - 1), (double) good / values.length,
                    mean(values, 0, edge(values, 1)) - mean(values, edge(values, QUARTERS - 1), values.length - 1));
        }

        /** Neighbouring quarters share the frame between them. */
        private static int edge(double[] values, int quarter) {
            return (int) Math.rint(1 + quarter * ((values.length - 1.0) / QUARTERS) + 1e-10) - 1;
        }

        private static double mean(double[] values, int first, int last) {
            double sum = 0;
            for (int i = first; i <= last; i++) {
                sum += values[i];
            }
            return sum / (last - first + 1);
        }
    }

    /** Returns one score for each object from 1 on: its label in all masks. */
    static List<ObjectScore> of(String video, int objects, List<LabelMap> truth, List<LabelMap> found) {
        List<ObjectScore> scores = new ArrayList<>();
        for (int object = 1; object <= objects; object++) {
            double[] regions = new double[truth.size() - 2];
            double[] boundaries = new double[truth.size() - 2];
            for (int i = 0; i < regions.length; i++) {
                BinaryMask wanted = BinaryMask.of(truth.get(i + 1), object);
                BinaryMask own = BinaryMask.of(found.get(i + 1), object);
                regions[i] = own.regionSimilarity(wanted);
                boundaries[i] = own.boundaryAccuracy(wanted);
            }
            scores.add(new ObjectScore(video + "_" + object, Statistics.of(regions), Statistics.of(boundaries)));
        }
        return scores;
    }

    /** Returns J&amp;F. */
    double mean() {
        return (region.mean() + boundary.mean()) / 2;
    }

    /** Returns a table with one line for each object, the values from 0 to 1. */
    static String table(List<ObjectScore> scores) {
        StringBuilder table = new StringBuilder("object,J&F mean,J mean,J recall,J decay,F mean,F recall,F decay\n");
        for (ObjectScore score : scores) {
            table.append(String.format(Locale.ROOT, "%s,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f\n", score.name, score.mean(),
                    score.region.mean, score.region.recall, score.region.decay,
                    score.boundary.mean, score.boundary.recall, score.boundary.decay));
        }
        return table.toString();
    }
}
