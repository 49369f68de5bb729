package org.latentmim.pictures;

/**
 * One picture of a run, as {@code pictures.json} lists it.
 *
 * @param file in the folder of the list
 * @param title what it is of
 * @param caption what is to be seen, in whole sentences
 * @param group the title that pictures of one kind share
 */
public record Picture(String file, String title, String caption, String group) {}
