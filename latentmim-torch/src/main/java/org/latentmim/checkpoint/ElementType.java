package org.latentmim.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The types of numbers that files hold; the constants are named as in the format. */
enum ElementType {
    F64(ScalarType.Double, 8),
    I64(ScalarType.Long, 8),
    F32(ScalarType.Float, 4),
    I32(ScalarType.Int, 4),
    F16(ScalarType.Half, 2),
    BF16(ScalarType.BFloat16, 2),
    U8(ScalarType.Byte, 1),
    BOOL(ScalarType.Bool, 1);

    private final ScalarType scalarType;
    private final int bytes;

    ElementType(ScalarType scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    ScalarType scalarType() {
        return scalarType;
    }

    int bytes() {
        return bytes;
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findAny();
    }

    static Optional<ElementType> of(ScalarType scalarType) {
        ScalarType wanted = scalarType.intern();
        return Arrays.stream(values()).filter(type -> type.scalarType == wanted).findAny();
    }
}
