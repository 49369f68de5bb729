package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.faults.Fault;
import org.latentmim.faults.FaultyDisk;
import org.latentmim.runtime.FailureException;

/** Whatever breaks while a checkpoint is written, at each change of the disk in turn: there is a whole one, and none is half. */
class CheckpointsOnFaultyDiskTest {

    private static final Keeping TWO = new Keeping(2, 0, Optional.empty());

    @TempDir
    Path temporary;

    /** Step 30 is new; step 20 is written again, as after a fall back to the one before. */
    @ParameterizedTest
    @CsvSource({"ONCE, 30", "FULL, 30", "DEAD, 30", "ONCE, 20", "FULL, 20", "DEAD, 20"})
    void thereIsAlwaysAWholeCheckpoint(Fault.Kind kind, long step) throws IOException {
        int failures = 0;
        boolean broke = true;
        for (int at = 1; broke; at++) {
            Path folder = temporary.resolve("run-" + at);
            Checkpoints checkpoints = new Checkpoints(folder, TWO);
            write(checkpoints, 10);
            write(checkpoints, 20);
            Fault fault = new Fault(kind, at);
            boolean written = true;
            try {
                write(new Checkpoints(FaultyDisk.path(folder, fault), TWO), step);
            } catch (FailureException e) {
                assertThat(e).hasMessageMatching(
                        "(The checkpoint .* cannot be written|A checkpoint in .* cannot be deleted): .*");
                written = false;
                failures++;
            }
            broke = fault.happened();
            List<String> notices = new ArrayList<>();
            Checkpoint whole = checkpoints.recover(notices::add).orElseThrow();
            assertThat(notices).isEmpty();
            assertThat(whole.state().step()).isIn(written ? List.of(step) : kind == Fault.Kind.DEAD && step == 20
                    ? List.of(10L, 20L) : List.of(20L, step));
            check(whole);
            assertThat(Checkpoint.open(folder).state().step()).isEqualTo(whole.state().step());
            assertThat(names(folder)).allMatch(name -> name.matches("latest|step-\\d+"));
            write(checkpoints, 40); // and it goes on from there
            assertThat(names(folder)).contains("step-000000040").hasSize(3);
        }
        assertThat(failures).isGreaterThan(8);
    }

    private static void write(Checkpoints checkpoints, long step) {
        try (PointerScope scope = new PointerScope()) {
            checkpoints.write(CheckpointState.now(step, step / 10.0), Map.of(
                    Checkpoint.MODEL, tensors("encoder", step), Checkpoint.OPTIMIZER, tensors("adamw", step)));
        }
    }

    private static void check(Checkpoint checkpoint) {
        try (PointerScope scope = new PointerScope()) {
            NamedTensors tensors = tensors("adamw", 0);
            checkpoint.load(Checkpoint.OPTIMIZER, tensors);
            Tensor weight = tensors.all().get("adamw.weight");
            assertThat(weight.eq(new Scalar((double) checkpoint.state().step())).all().item_bool()).isTrue();
        }
    }

    private static NamedTensors tensors(String prefix, double value) {
        Tensor tensor = full(new long[] {5}, new Scalar(value), new TensorOptions(ScalarType.Float));
        return new NamedTensors().add(prefix, Map.of("weight", tensor));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
