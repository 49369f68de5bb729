/**
 * Disks that fail. A {@link org.latentmim.faults.FaultyDisk} stands before a real folder and counts every change to it; at the
 * one that a {@link org.latentmim.faults.Fault} names, it fails, fills up or dies. So a test can break a piece of code at each of
 * its changes in turn.
 */
package org.latentmim.faults;
