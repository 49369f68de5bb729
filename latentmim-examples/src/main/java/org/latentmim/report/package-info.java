/**
 * What runs leave behind, read again: {@link org.latentmim.report.RunRecord} is all that the folder of a run tells, as far as it
 * can be read, and {@link org.latentmim.report.RecipeDifference} what sets runs apart. No tensor is touched, and no plugin that a
 * run used need be there.
 */
package org.latentmim.report;
