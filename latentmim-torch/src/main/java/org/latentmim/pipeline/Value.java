package org.latentmim.pipeline;

import java.util.List;
import java.util.Map;

/** A piece of YAML: text, a list, a map or nothing, and where it stands. The value of a key stands where its key stands. */
sealed interface Value {

    Position at();

    /** Says what this is, to follow "but is". */
    String words();

    record Nothing(Position at) implements Value {
        @Override
        public String words() {
            return "empty";
        }
    }

    /** @param quoted whether it can only be text, never a number */
    record Scalar(Position at, String text, boolean quoted) implements Value {

        private static final int LONGEST_QUOTED = 100;

        @Override
        public String words() {
            return (quoted ? "the text '" : "'")
                    + (text.length() > LONGEST_QUOTED ? text.substring(0, LONGEST_QUOTED) + "..." : text) + "'";
        }
    }

    record Items(Position at, List<Value> values) implements Value {
        @Override
        public String words() {
            return "a list";
        }
    }

    /** @param values in the order of the text */
    record Keys(Position at, Map<String, Value> values) implements Value {
        @Override
        public String words() {
            return "a map";
        }
    }
}
