package org.latentmim.pipeline;

/**
 * Where something stands.
 *
 * @param line from 1; 0 in a source whose lines are not counted
 */
record Position(Source source, int line) {

    @Override
    public String toString() {
        return line == 0 ? source.name() : source.name() + ":" + line;
    }
}
