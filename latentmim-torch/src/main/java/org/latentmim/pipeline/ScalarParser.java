package org.latentmim.pipeline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Turns the text of a value into a Java value, strictly: a number is not text, and nothing is rounded. */
final class ScalarParser {

    private ScalarParser() {}

    /**
     * @throws IllegalArgumentException if the text is no such value; the message follows the path of the key
     */
    static Object parse(Class<?> type, Value.Scalar scalar) {
        if (type == String.class) {
            return scalar.text();
        }
        if (type == Path.class) {
            return path(scalar);
        }
        if (type.isEnum()) {
            return constant(type, scalar);
        }
        if (type == boolean.class || type == Boolean.class) {
            return matching("true|false", type, scalar).equals("true");
        }
        if (type == double.class || type == Double.class) {
            return number(type, scalar);
        }
        return wholeNumber(type, scalar);
    }

    static IllegalArgumentException mismatch(String wanted, Value value) {
        return new IllegalArgumentException("must be " + wanted + ", but is " + value.words());
    }

    private static String matching(String pattern, Class<?> type, Value.Scalar scalar) {
        if (scalar.quoted() || !scalar.text().matches(pattern)) {
            throw mismatch(TypeWords.of(type), scalar);
        }
        return scalar.text();
    }

    private static Object wholeNumber(Class<?> type, Value.Scalar scalar) {
        String text = matching("[-+]?[0-9]+", type, scalar);
        boolean isInt = type == int.class || type == Integer.class;
        try {
            return isInt ? (Object) Integer.valueOf(text) : (Object) Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "must be a whole number of " + (isInt ? 32 : 64) + " bits, but is '" + text + "'", e);
        }
    }

    private static Object number(Class<?> type, Value.Scalar scalar) {
        double number = Double.parseDouble(matching("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?", type, scalar));
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException("must be a number of 64 bits, but is '" + scalar.text() + "'");
        }
        return number;
    }

    private static Object constant(Class<?> type, Value.Scalar scalar) {
        List<String> names = RecordKey.kebab(type);
        int index = names.indexOf(scalar.text());
        if (index < 0) {
            String suggestion = Spelling.suggestion(scalar.text(), names);
            throw new IllegalArgumentException(mismatch(TypeWords.of(type), scalar).getMessage()
                    + (suggestion.isEmpty() ? "" : "." + suggestion));
        }
        return type.getEnumConstants()[index];
    }

    private static Path path(Value.Scalar scalar) {
        String text = scalar.text();
        if (text.isEmpty()) {
            throw mismatch("a path", scalar);
        }
        try {
            Path path = text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(1))
                    : scalar.at().source().folder().resolve(text);
            return path.toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(mismatch("a path", scalar).getMessage() + ": " + e.getReason(), e);
        }
    }
}
