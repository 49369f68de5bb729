/**
 * Pages that a person looks at: one HTML file each, with everything in it, that opens without a network. {@link
 * org.latentmim.page.MaskPage} shows what a recipe hides, {@link org.latentmim.page.ReportPage} what came of runs, {@link
 * org.latentmim.page.ComparisonPage} what came of an ablation. The words and the look lie in templates beside these classes.
 */
package org.latentmim.page;
