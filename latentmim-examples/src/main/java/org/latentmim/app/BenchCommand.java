package org.latentmim.app;

import picocli.CommandLine.Command;

/** What can be timed. */
@Command(name = "bench", description = "Times parts of a run.", mixinStandardHelpOptions = true)
final class BenchCommand {}
