package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.stack;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.SubsetImageSet;
import org.latentmim.health.EffectiveRank;
import org.latentmim.health.FeatureDeviation;
import org.latentmim.health.PositionReading;
import org.latentmim.health.TokenSimilarity;
import org.latentmim.health.VarianceShares;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Measures features without labels. Beside the features of all images it holds, one after another, a few copies of those of the
 * judged images, of their views and of their tokens, in 64 bits, and matrices as large as the smaller side of the features
 * squared. What a representation does not have, views or patches, is not measured. The views are fixed; nothing else is drawn by
 * chance.
 */
final class DiagnosticsEvaluator implements Evaluator {

    @Meaning("What features are like, without labels: collapse, rank, spread, and how much is only the place of a patch")
    record Config(
            @Default("5000") @Meaning("images judged by their features, evenly spaced over the set, at least 2") int images,
            @Default("1000") @Meaning("images judged by random views of them, at least 2") int viewImages,
            @Default("10") @Meaning("random views of each of these, at least 2") int views,
            @Default("64") @Meaning("images judged by their patches, at least 2") int tokenImages) {

        Config {
            atLeastTwo(images, "images");
            atLeastTwo(viewImages, "view-images");
            atLeastTwo(views, "views");
            atLeastTwo(tokenImages, "token-images");
        }

        private static void atLeastTwo(int value, String key) {
            if (value < 2) {
                throw new IllegalArgumentException(key + " must be at least 2, but is " + value);
            }
        }
    }

    /** Wider features, such as raw pixels, are kept in 32 bits, and have no LiDAR: it needs matrices of their width squared. */
    private static final int WIDEST = 2048;

    /** Fewer images are judged where their features are so wide that they would take more than a gigabyte. */
    private static final long MOST_NUMBERS = 1L << 28;

    private final Config config;

    @Inject
    DiagnosticsEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        ImageSet images = task.test();
        if (images.size() < 2) {
            throw new IllegalArgumentException("diagnostics needs at least 2 images, but there is 1");
        }
        List<Score> scores = new ArrayList<>();
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            ofFeatures(task.representation(), images, scores);
        }
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            ofViews(task.representation(), images, scores);
        }
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            ofTokens(task.representation(), images, scores);
        }
        return scores;
    }

    private void ofFeatures(Representation representation, ImageSet images, List<Score> scores) throws IOException {
        Tensor all = representation.features(images);
        int[] judged = spaced(images, (int) Math.min(config.images(), Math.max(2, MOST_NUMBERS / all.size(1))));
        Tensor features = precise(all.index_select(0, ids(judged)));
        Group group = new Group(judged.length, representation.protocol());
        scores.add(group.score("rankme", EffectiveRank.of(features), "",
                "exponential of the entropy of the singular values, not centred, epsilon 1e-7; at most "
                        + Math.min(features.size(0), features.size(1))).with("epsilon", "1e-7"));
        OptionalDouble slope = SpectrumSlope.of(features);
        if (slope.isPresent()) {
            scores.add(group.score("alpha-req", slope.getAsDouble(), "", SpectrumSlope.PROTOCOL).with("ranks", "11 to 100"));
        }
        scores.add(group.score("feature deviation", FeatureDeviation.of(features), "",
                "of each number of features of length 1, mean, times the root of their width; 1 if they point everywhere"));
        scores.add(group.score("uniformity", Hypersphere.uniformity(features), "",
                "ln of the mean over pairs of exp(-2 distance^2) of features of length 1; 0 if all are one, about -4 at best")
                .with("t", 2));
    }

    private void ofViews(Representation representation, ImageSet images, List<Score> scores) throws IOException {
        int[] judged = spaced(images, config.viewImages());
        ImageSet some = new SubsetImageSet(images, judged);
        TensorVector draws = new TensorVector();
        try {
            draws.push_back(representation.views(some, 0));
            for (int draw = 1; draw < (draws.get(0).size(1) <= WIDEST ? config.views() : 2); draw++) {
                draws.push_back(representation.views(some, draw));
            }
        } catch (UnsupportedOperationException e) {
            return;
        }
        Group group = new Group(judged.length, representation.protocol());
        scores.add(group.score("alignment", Hypersphere.alignment(draws.get(0), draws.get(1)), "",
                "mean distance^2 of two random views of an image, features of length 1").with("views", 2));
        if (draws.get(0).size(1) <= WIDEST) {
            scores.add(group.score("lidar", Lidar.of(stack(draws, 1)), "", "exponential of the entropy of the variances between"
                    + " images in units of those within, of " + config.views() + " random views each, delta 1e-4, epsilon 1e-8;"
                    + " at most "
                    + Math.min(judged.length - 1, draws.get(0).size(1)))
                    .with("views", config.views()).with("delta", "1e-4").with("epsilon", "1e-8"));
        }
    }

    private void ofTokens(Representation representation, ImageSet images, List<Score> scores) throws IOException {
        int[] judged = spaced(images, config.tokenImages());
        Tensor tokens;
        try {
            tokens = tokens(representation, images, judged);
        } catch (UnsupportedOperationException e) {
            return;
        }
        if (tokens.size(1) < 2) {
            return;
        }
        PatchGrid grid = representation.grid();
        String cells = grid.rows() + " x " + grid.columns();
        Group group = new Group(judged.length, "tokens of " + cells + " patches of whole images; " + representation.protocol());
        TokenSimilarity similarity = TokenSimilarity.of(tokens);
        VarianceShares shares = VarianceShares.of(tokens);
        Stream.of(
                group.score("cosine within images", similarity.within(), "", "mean of two different patches of an image"),
                group.score("cosine across images", similarity.across(), "",
                        "mean of two patches of two images; 1 is a collapse"),
                group.score("cosine at one place", similarity.samePlace(), "", "mean of the patches at one place of two images"),
                group.score("variance of the place", 100 * shares.place(), "%",
                        "of tokens of length 1, explained by where a patch lies"),
                group.score("variance of the image", 100 * shares.image(), "%",
                        "of tokens of length 1, explained by which image it is of"),
                group.score("place read", 100 * PositionReading.accuracy(tokens), "%",
                        "places guessed by a linear map from the token, learned from the first half of the images, judged on the"
                                + " others; chance is " + Math.round(1000.0 / tokens.size(1)) / 10.0),
                group.score("nearer to the place", 100 * PlaceOverImage.share(tokens), "%",
                        "tokens that are on average more like those at the same place of other images than like others of their"
                                + " image"))
                .map(score -> score.with("grid", cells))
                .forEach(scores::add);
    }

    private static Tensor tokens(Representation representation, ImageSet images, int[] judged) throws IOException {
        PatchGrid grid = representation.grid();
        TensorVector ofImages = new TensorVector();
        for (int image : judged) {
            ofImages.push_back(representation.patches(images, image, grid.rows(), grid.columns()));
        }
        return stack(ofImages, 0).to(ScalarType.Double);
    }

    private static Tensor precise(Tensor features) {
        return features.size(1) <= WIDEST ? features.to(ScalarType.Double) : features;
    }

    private static int[] spaced(ImageSet images, int most) {
        return SubsetImageSet.evenly(images.size(), Math.min(most, images.size()));
    }

    private static Tensor ids(int[] images) {
        long[] ids = new long[images.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = images[i];
        }
        return AbstractTensor.create(ids);
    }

    /** Scores of so many images. */
    private record Group(int images, String input) {

        Score score(String name, double value, String unit, String how) {
            return new Score(name, value, unit, images, how + "; " + input);
        }
    }
}
