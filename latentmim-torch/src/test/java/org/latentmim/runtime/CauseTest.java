package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.empty;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTest {

    @Test
    void knowsWhenTorchOrJavaHaveNotEnoughMemory() {
        assertThat(Cause.isOutOfMemory(Assertions.catchThrowable(() -> empty(1L << 50)))).isTrue();
        assertThat(Cause.isOutOfMemory(Assertions.catchThrowable(() -> new byte[Integer.MAX_VALUE].clone()))).isTrue();
        assertThat(Cause.isOutOfMemory(new FailureException("failed", new OutOfMemoryError("Java heap space")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUDA out of memory. Tried to allocate 2.00 GiB.", "CUDA error: out of memory", "std::bad_alloc",
            "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
            "OpenCV(4.13.0) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 8 bytes in function 'x'"})
    void knowsTheWordsOfOthersForIt(String message) {
        assertThat(Cause.isOutOfMemory(new IllegalStateException(new RuntimeException(message)))).isTrue();
    }

    @Test
    void takesNothingElseForIt() {
        assertThat(Cause.isOutOfMemory(new RuntimeException("mat1 and mat2 shapes cannot be multiplied"))).isFalse();
        assertThat(Cause.isOutOfMemory(new RuntimeException())).isFalse();
    }

    @Test
    void givesTheFirstLineBehindATypeThatSaysSomething() {
        assertThat(Cause.firstLine(new RuntimeException("sizes differ\nException raised from here"))).isEqualTo("sizes differ");
        assertThat(Cause.firstLine(new IllegalStateException("closed"))).isEqualTo("IllegalStateException: closed");
        assertThat(Cause.firstLine(new NullPointerException())).isEqualTo("NullPointerException");
    }
}
