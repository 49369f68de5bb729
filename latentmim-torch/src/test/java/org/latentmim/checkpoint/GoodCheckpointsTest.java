package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.ones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Even steps are good ones; one checkpoint is kept. */
class GoodCheckpointsTest {

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void keepsTheNewestGoodOneBesideTheNewest() {
        write(1, 2, 3);
        assertThat(folders()).containsExactly("step-000000002", "step-000000003");
        write(5);
        assertThat(folders()).containsExactly("step-000000002", "step-000000005");
        write(6);
        assertThat(folders()).containsExactly("step-000000006");
    }

    @Test
    void goesBackToTheNewestGoodOneAndDropsThoseAfterIt() {
        write(2, 3);
        assertThat(checkpoints().goBack(notices::add).orElseThrow().state().step()).isEqualTo(2);
        assertThat(folders()).containsExactly("step-000000002");
        assertThat(Checkpoint.open(folder).state().step()).isEqualTo(2);
        assertThat(notices).isEmpty();
    }

    @Test
    void goesBackToTheNewestWhereNoneIsGood() {
        write(1, 3);
        assertThat(checkpoints().goBack(notices::add).orElseThrow().state().step()).isEqualTo(3);
    }

    @Test
    void goesBackToTheNewestWhereTheGoodOneIsDamaged() throws IOException {
        write(2, 3);
        Files.writeString(folder.resolve("step-000000002/model.safetensors"), "");
        assertThat(checkpoints().goBack(notices::add).orElseThrow().state().step()).isEqualTo(3);
        assertThat(checkpoints().newest()).contains(folder.resolve("step-000000003"));
    }

    @Test
    void goesNowhereWhereThereIsNone() {
        assertThat(checkpoints().goBack(notices::add)).isEmpty();
        assertThat(checkpoints().newest()).isEmpty();
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(folder, new Keeping(1, 0, Optional.empty()), state -> state.step() % 2 == 0);
    }

    private void write(long... steps) {
        try (PointerScope scope = new PointerScope()) {
            for (long step : steps) {
                checkpoints().write(CheckpointState.now(step, 0),
                        Map.of(Checkpoint.MODEL, new NamedTensors().add("encoder", Map.of("weight", ones(2)))));
            }
        }
    }

    private List<String> folders() {
        return List.of(folder.toFile().list((parent, name) -> name.startsWith("step-"))).stream().sorted().toList();
    }
}
