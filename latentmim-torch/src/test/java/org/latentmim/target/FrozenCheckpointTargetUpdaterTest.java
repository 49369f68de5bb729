package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.CheckpointState;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.LatentMim;

class FrozenCheckpointTargetUpdaterTest {

    @TempDir
    Path folder;

    private TinyTarget trained;
    private Checkpoint checkpoint;

    /** A run whose two encoders have gone different ways. */
    @BeforeEach
    void train() {
        trained = TinyTarget.of("{name: momentum}", "run.seed=8");
        TinyTarget.shake(trained.online());
        NamedTensors tensors = new NamedTensors();
        trained.run().get(LatentMim.class).parts().forEach((prefix, part) -> tensors.add(prefix, part.all()));
        CheckpointState state = CheckpointState.now(5, 1);
        checkpoint = Checkpoint.write(folder.resolve("checkpoints"), state, Map.of(Checkpoint.MODEL, tensors));
    }

    @Test
    void saysWhatTheSavedEncoderSaid() {
        try (PointerScope scope = new PointerScope()) {
            Tensor expected = trained.online().encode(trained.patches().masked()).narrow(1, 1, 6);
            for (Path path : new Path[] {folder, folder.resolve("checkpoints"), checkpoint.folder(), checkpoint.file("model")}) {
                TinyTarget teacher = teacher("path: " + path);
                assertThat(TinyTarget.distance(teacher.targets(), expected)).as(path.toString()).isZero();
            }
        }
    }

    @Test
    void takesTheTargetEncoderIfAsked() {
        try (PointerScope scope = new PointerScope()) {
            Tensor expected = trained.targets();
            assertThat(TinyTarget.distance(teacher("path: " + folder + ", part: target_encoder").targets(), expected)).isZero();
            assertThat(TinyTarget.distance(teacher("path: " + folder).targets(), expected)).isGreaterThan(1e-3);
        }
    }

    @Test
    void neverLearnsNorFollows() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget teacher = teacher("path: " + folder + ", view: all");
            Tensor before = teacher.targets();
            TinyTarget.shake(teacher.online());
            teacher.updater().update(TinyTarget.START);
            assertThat(teacher.targets().equal(before)).isTrue();
            assertThat(teacher.updater().parameters().learning()).isEmpty();
            assertThat(teacher.updater().parameters()).as("to move it and to save it").isSameAs(teacher.encoder().parameters());
        }
    }

    @Test
    void theSavedEncoderMayBeAnotherOne() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget teacher = TinyTarget.of("{name: frozen-checkpoint, path: " + folder + ", encoder: {name: vit, width: 16, "
                    + "depth: 2, heads: 2, projector: {depth: 2, width: 24}}}", "encoder.width=24", "encoder.depth=1");
            assertThat(teacher.updater().width()).isEqualTo(16);
            assertThat(teacher.online().width()).isEqualTo(24);
            Tensor expected = trained.online().encode(trained.patches().masked()).narrow(1, 1, 6);
            assertThat(TinyTarget.distance(teacher.targets(), expected)).isZero();
        }
    }

    @Test
    void saysWhereItLookedInVain() {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> teacher("path: " + nowhere))
                .withMessageEndingWith("  target: there is no file or folder " + nowhere
                        + "; say where it is with --set target.path=PATH");
    }

    @Test
    void saysIfAFolderHasNoCheckpoint() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> teacher("path: " + empty))
                .withMessage("There is no checkpoint in " + empty + ": it has neither state.json nor latest");
    }

    @Test
    void saysWhichPartsThereAre() {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> teacher("path: " + folder + ", part: teacher"))
                .withMessageEndingWith("  target: part is teacher, but " + checkpoint.file("model")
                        + " has only: decoder, encoder, target_encoder");
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> TinyTarget.of("{name: frozen-checkpoint, path: " + folder + "}", "encoder.projector.width=20",
                        "encoder.projector.depth=2"))
                .withMessageStartingWith(checkpoint.file("model") + " does not fit this model, ")
                .withMessageContaining("\n  encoder.head.")
                .withMessageContaining(" in the file, but ");
    }

    private static TinyTarget teacher(String keys) {
        return TinyTarget.of("{name: frozen-checkpoint, " + keys + "}");
    }
}
