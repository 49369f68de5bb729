package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.bytedeco.pytorch.global.torch.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {

    @TempDir
    Path temporary;

    @Test
    void writesWhatTheTensorsWereAndLeavesNoCopyBehind() {
        Checkpoints checkpoints = new Checkpoints(temporary, new Keeping(2, 0, Optional.empty()));
        try (PointerScope scope = new PointerScope(); CheckpointWriter writer = new CheckpointWriter(checkpoints)) {
            Tensor weight = full(new long[] {1 << 20}, new Scalar(0.0), new TensorOptions(ScalarType.Float));
            NamedTensors model = new NamedTensors().add("encoder", Map.of("weight", weight));
            long before = 0;
            for (long step = 1; step <= 20; step++) {
                weight.fill_(new Scalar((double) step));
                writer.begin(CheckpointState.now(step, 0), Map.of(Checkpoint.MODEL, model));
                weight.fill_(new Scalar(-1.0)); // while it is being written
                assertThat(writer.outcome()).isEmpty();
                if (step == 2) {
                    before = Pointer.totalCount();
                }
            }
            assertThat(Pointer.totalCount() - before).isLessThanOrEqualTo(2 * 18); // the two scalars of each step
            Checkpoint.open(temporary).load(Checkpoint.MODEL, model);
            assertThat(weight.eq(new Scalar(20.0)).all().item_bool()).isTrue();
        }
    }

    @Test
    void saysOnceWhatWentWrongAndWritesAgain() throws IOException {
        Path folder = Files.writeString(temporary.resolve("file"), "in the way");
        try (PointerScope scope = new PointerScope();
                CheckpointWriter writer = new CheckpointWriter(new Checkpoints(folder, new Keeping(2, 0, Optional.empty())))) {
            NamedTensors model = new NamedTensors().add("encoder", Map.of("weight",
                    full(new long[] {2}, new Scalar(1.0), new TensorOptions(ScalarType.Float))));
            writer.begin(CheckpointState.now(1, 0), Map.of(Checkpoint.MODEL, model));
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.begin(CheckpointState.now(2, 0), Map.of(Checkpoint.MODEL, model)))
                    .withMessage("ask for the outcome of the last write before the next");
            assertThat(writer.outcome().orElseThrow())
                    .hasMessageStartingWith("The checkpoint " + folder.resolve("step-000000001") + " cannot be written: ");
            assertThat(writer.outcome()).isEmpty();
            Files.delete(folder);
            writer.begin(CheckpointState.now(2, 0), Map.of(Checkpoint.MODEL, model));
            assertThat(writer.outcome()).isEmpty();
            assertThat(Checkpoint.open(folder).state().step()).isEqualTo(2);
        }
    }
}
