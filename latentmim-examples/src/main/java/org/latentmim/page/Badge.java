package org.latentmim.page;

/**
 * How a run, or a line of one, is told from others: a colour, a way to dash it and, between runs, a letter.
 *
 * @param style the classes of colour and dashes
 * @param letter empty where there is one run
 */
record Badge(String style, String letter) {

    private static final int COLOURS = 6;
    private static final int DASHES = 3;
    private static final int LETTERS = 26;

    /** Returns the badge of the n-th of several runs. */
    static Badge ofRun(int index) {
        String letter = Character.toString('A' + index % LETTERS);
        return new Badge(style(index), index < LETTERS ? letter : letter + (index / LETTERS + 1));
    }

    /** Returns the badge of the n-th line of a run. */
    static Badge ofLine(int index) {
        return new Badge(style(index), "");
    }

    private static String style(int index) {
        return "c" + index % COLOURS + " d" + index / COLOURS % DASHES;
    }
}
