package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

/** Nearest neighbours against recorded accuracies. */
class KnnGoldenTest {

    private static final String LEAVE_ONE_OUT = "leave_one_out_nn_accuracy";
    private static final Pattern WEIGHTED = Pattern.compile("weighted_knn_T([0-9.]+)_first(\\d+)_train_last(\\d+)_test");
    private static final Pattern ACCURACY = Pattern.compile("\"(\\d+)\": ([0-9.]+)");
    private static final double ROUNDED = 1e-4;

    static List<Recording> recordings() {
        return GoldenFiles.recordings("of nearest neighbours", recording -> recording.metadata().containsKey(LEAVE_ONE_OUT)
                && recording.names().containsAll(List.of("features", "labels")));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theNearestOtherImageNamesTheLabelAsOftenAsRecorded(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            Tensor labels = recording.tensor("labels");
            Tensor nearest = NearestNeighbors.amongOthers(recording.tensor("features"), 1, UnaryOperator.identity()).index();
            assertThat(Hits.of(labels.index_select(0, nearest.squeeze(1)), labels).percent())
                    .isCloseTo(Double.parseDouble(recording.metadata().get(LEAVE_ONE_OUT)), within(ROUNDED));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theWeightedVoteNamesTheLabelAsOftenAsRecorded(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = recording.tensor("features");
            Tensor labels = recording.tensor("labels");
            List<String> keys = recording.metadata().keySet().stream().filter(WEIGHTED.asMatchPredicate()).toList();
            assertThat(keys).isNotEmpty();
            for (String key : keys) {
                Matcher setting = WEIGHTED.matcher(key);
                assertThat(setting.matches()).isTrue();
                long train = Long.parseLong(setting.group(2));
                long test = Long.parseLong(setting.group(3));
                List<Integer> ks = new ArrayList<>();
                List<Double> accuracies = new ArrayList<>();
                ACCURACY.matcher(recording.metadata().get(key)).results().forEach(match -> {
                    ks.add(Integer.valueOf(match.group(1)));
                    accuracies.add(Double.valueOf(match.group(2)));
                });
                long first = features.size(0) - test;
                NearestNeighbors found = NearestNeighbors.in(features.narrow(0, 0, train), features.narrow(0, first, test),
                        Collections.max(ks), UnaryOperator.identity());
                for (int i = 0; i < ks.size(); i++) {
                    Tensor named = found.vote(labels.narrow(0, 0, train), (int) labels.max().item_long() + 1, ks.get(i),
                            Double.parseDouble(setting.group(1)));
                    assertThat(Hits.of(named, labels.narrow(0, first, test)).percent()).as(ks.get(i) + " neighbours")
                            .isCloseTo(accuracies.get(i), within(ROUNDED));
                }
            }
        }
    }
}
