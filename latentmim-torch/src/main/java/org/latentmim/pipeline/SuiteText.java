package org.latentmim.pipeline;

import java.util.List;
import java.util.Optional;
import org.latentmim.pipeline.Suite.Equal;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

/** A suite as its YAML has it. */
@Meaning("Recipes that differ in what is asked about")
record SuiteText(
        @Meaning("what the suite is called, as a folder is") String name,
        @Meaning("what it asks") String question,
        @Meaning("what is believed, to hold the results against") Optional<String> claim,
        @Meaning("the variant that the others are compared with; the first if left out") Optional<String> base,
        @Meaning("what the recipes of all forms are changed in, for all variants") @Default("{}") Value.Keys change,
        @Meaning("the sizes in which the suite can be run") Forms forms,
        @Meaning("the recipes to compare, in order") List<Entry> variants) {

    /** Sizes. */
    @Meaning("The sizes in which a suite can be run")
    record Forms(
            @Meaning("seconds, on embedded images") Optional<Size> smoke,
            @Meaning("hours on a laptop") Optional<Size> cpu,
            @Meaning("minutes to an hour a run on a GPU") Optional<Size> gpu,
            @Meaning("that of the paper") Optional<Size> paper) {

        Optional<Size> of(Form form) {
            return switch (form) {
                case SMOKE -> smoke;
                case CPU -> cpu;
                case GPU -> gpu;
                case PAPER -> paper;
            };
        }
    }

    /** One size. */
    @Meaning("One size of a suite")
    record Size(
            @Meaning("the recipe that all variants change: a file beside the suite, or a built-in one") String recipe,
            @Meaning("the seeds of the runs of each variant") @Default("[1, 2, 3]") List<Long> seeds,
            @Meaning("what the recipe is changed in, for all variants") @Default("{}") Value.Keys change) {}

    /** What is changed in one form alone. */
    @Meaning("What is changed in one form alone")
    record Changes(
            @Meaning("in the form smoke") @Default("{}") Value.Keys smoke,
            @Meaning("in the form cpu") @Default("{}") Value.Keys cpu,
            @Meaning("in the form gpu") @Default("{}") Value.Keys gpu,
            @Meaning("in the form paper") @Default("{}") Value.Keys paper) {

        Value.Keys of(Form form) {
            return switch (form) {
                case SMOKE -> smoke;
                case CPU -> cpu;
                case GPU -> gpu;
                case PAPER -> paper;
            };
        }
    }

    /** One variant, or several where there is a grid. */
    @Meaning("One recipe to compare, or several where there is a grid")
    record Entry(
            @Meaning("unique in the suite, as a folder is") String name,
            @Meaning("what it is, in some words") @Default("''") String about,
            @Meaning("another variant whose changes come before its own") Optional<String> on,
            @Meaning("the forms that it takes part in; all if empty") @Default("[]") List<Form> forms,
            @Meaning("what the recipe is changed in") @Default("{}") Value.Keys change,
            @Meaning("what it is changed in on top of that in some forms") @Default("{}") Changes in,
            @Meaning("lists of values by the path of their key: a variant for each value, or for each way to combine them")
                    @Default("{}") Value.Keys grid,
            @Meaning("what it has in common with the base: images seen, or operations, which sets its epochs")
                    @Default("images") Equal equal) {

        Entry {
            Suite.checkName(name);
        }

        boolean isIn(Form form) {
            return forms.isEmpty() || forms.contains(form);
        }
    }
}
