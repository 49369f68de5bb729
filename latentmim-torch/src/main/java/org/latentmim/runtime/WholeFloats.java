package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.globalContext;

/**
 * A section in which a GPU multiplies 32-bit floats with all of their bits, not in TF32, which keeps three digits: for the whole
 * process. Changes nothing on the CPU.
 */
public final class WholeFloats implements AutoCloseable {

    private final boolean before;

    /** Opens the section. */
    public WholeFloats() {
        before = globalContext().allowTF32CuBLAS();
        globalContext().setAllowTF32CuBLAS(false);
    }

    @Override
    public void close() {
        globalContext().setAllowTF32CuBLAS(before);
    }
}
