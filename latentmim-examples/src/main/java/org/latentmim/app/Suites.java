package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.SuiteReader;

/** Suites by name or file, with all plugins on the class path. */
final class Suites {

    /** What lies in {@code suites/}, but for what they all extend. */
    static final List<String> BUILT_IN = List.of("decoder", "ladder", "leave-one-out", "loss", "masking", "methods", "overhead",
            "projector", "scaling", "similarity-constraint", "target-optimisation", "transfer");

    /** The sizes that all built-in suites share. */
    static final String FORMS = "forms";

    private Suites() {}

    static Suite read(String suite, Optional<Form> form, List<String> overrides) {
        ClassLoader loader = Suites.class.getClassLoader();
        List<String> names = new ArrayList<>(BUILT_IN);
        names.add(FORMS);
        return new SuiteReader(Catalogue.find(), BuiltInRecipes.suitesOnClassPath(loader, names),
                BuiltInRecipes.onClassPath(loader, Recipes.BUILT_IN)).read(suite, form, overrides);
    }
}
