package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepWatchTest {

    @TempDir
    private Path folder;

    private final TinyModel tiny = TinyModel.with("train.setbacks.skips=2");
    private final List<String> noted = new ArrayList<>();

    @Test
    void looksAtAGpuOnlyWhenItIsAskedToAndStillNamesTheStepThatWasSkippedFirst() throws Exception {
        StepWatch watch = watch(true);
        add(watch, 1, StepResult.DONE);
        add(watch, 2, StepResult.LOSS_NOT_FINITE);
        add(watch, 3, StepResult.GRADIENT_NOT_FINITE);
        assertThat(watch.mustGoBack()).isFalse();
        assertThat(noted).isEmpty();
        assertThat(watch.setbacks()).isEqualTo(new Setbacks(2, 2, 0, 1));
        assertThat(watch.mustGoBack()).isTrue();
        add(watch, 4, StepResult.DONE);
        assertThat(noted).containsExactly("Step 2 is skipped, since its loss or gradient is not finite; its images are listed in "
                + folder.resolve("skipped.jsonl") + ".");
        assertThat(Files.readAllLines(folder.resolve("skipped.jsonl"))).extracting(line -> line.substring(0, 40))
                .containsExactly("{\"step\":2,\"epoch\":0,\"reason\":\"loss\",\"ima", "{\"step\":3,\"epoch\":0,\"reason\":\"gradient\",");
    }

    @Test
    void looksAtTheCpuAtOnce() {
        StepWatch watch = watch(false);
        add(watch, 1, StepResult.LOSS_NOT_FINITE);
        assertThat(noted).hasSize(1);
        add(watch, 2, StepResult.LOSS_NOT_FINITE);
        assertThat(watch.mustGoBack()).isTrue();
        assertThat(noted).as("one for a row").hasSize(1);
    }

    private StepWatch watch(boolean onGpu) {
        return new StepWatch(tiny.assembly().recipe().train(), tiny.loader(), onGpu, new SkippedSteps(folder));
    }

    private void add(StepWatch watch, long step, StepResult result) {
        watch.add(step, List.of(tiny.batch()), AbstractTensor.create(new float[] {result.ordinal()}), false);
        watch.tell(new RunListener() {
            @Override
            public void noted(String sentence) {
                noted.add(sentence);
            }
        });
    }
}
