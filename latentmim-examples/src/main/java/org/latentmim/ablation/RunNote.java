package org.latentmim.ablation;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known of a run beside what its folder holds.
 *
 * @param finished whether it came to its end
 * @param failure why it failed; empty if it did not
 * @param operations of the matrix products of one step; nothing if they cannot be counted
 * @param peakMemory most bytes of the process while it was run the last time; nothing if the system does not tell
 */
record RunNote(boolean finished, String failure, OptionalDouble operations, OptionalLong peakMemory) {

    /** Of a run that is at work. */
    static final RunNote BEGUN = failed("");

    static RunNote failed(String failure) {
        return new RunNote(false, failure, OptionalDouble.empty(), OptionalLong.empty());
    }
}
