package org.latentmim.train;

/** What is being done, for the one who must be told that it failed. */
enum StepPhase {
    LOADING("its images were loaded"),
    TARGET("the target followed the online encoder"),
    MASKING("its images were cut and masked"),
    LOSS("its loss was found"),
    GRADIENT("its gradient was found"),
    UPDATE("the weights moved"),
    RECORDING("its numbers were recorded"),
    EXAMINATION("it was seen how it learns"),
    EVALUATION("the encoder was judged after it"),
    SAVING("it was saved");

    private final String words;

    StepPhase(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
