/**
 * The command line {@code latentmim}: {@link org.latentmim.app.LatentMimCommand} and a class for each of its commands, which read
 * a recipe, hand it to {@code org.latentmim.pipeline} and show what comes of it. What a person sees goes through one
 * {@code Terminal}: a bar at the bottom where it is a terminal, plain lines where it is not. Failures become one sentence and an
 * exit code: 2 for what the user can mend in what was asked, 1 for what failed, 130 for a run that was stopped.
 */
package org.latentmim.app;
