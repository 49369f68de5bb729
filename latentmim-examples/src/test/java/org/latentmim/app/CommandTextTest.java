package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(CommandText.of(List.of("preview", "a.yaml", "--set", "run.seed=1", "--set", "masking={name: x}", "it's", "")))
                .isEqualTo("latentmim preview a.yaml --set run.seed=1 --set 'masking={name: x}' 'it'\\''s' ''");
    }
}
