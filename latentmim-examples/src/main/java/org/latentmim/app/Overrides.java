package org.latentmim.app;

import java.util.List;
import picocli.CommandLine.Option;

/** Changes to a recipe from the command line. */
final class Overrides {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one key of the recipe, such as train.epochs=5 or losses.0.temperature=0.1. May be given often.")
    private List<String> values = List.of();

    List<String> values() {
        return values;
    }
}
