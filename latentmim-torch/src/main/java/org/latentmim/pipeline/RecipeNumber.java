package org.latentmim.pipeline;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.OptionalInt;

/** Finds a whole number in a recipe by the keys that lead there. */
final class RecipeNumber {

    private RecipeNumber() {}

    /** Returns the number; nothing if there is no such key, or something else behind it. */
    static OptionalInt at(Object node, List<String> keys) {
        if (keys.isEmpty()) {
            return node instanceof Integer number ? OptionalInt.of(number)
                    : node instanceof OptionalInt number ? number : OptionalInt.empty();
        }
        Object record = node instanceof Choice<?, ?> choice ? choice.config() : node;
        if (record instanceof Record keyed) {
            for (RecordComponent component : keyed.getClass().getRecordComponents()) {
                if (RecordKey.kebab(component.getName()).equals(keys.get(0))) {
                    return at(RecipeWriter.value(keyed, component), keys.subList(1, keys.size()));
                }
            }
        }
        return OptionalInt.empty();
    }
}
