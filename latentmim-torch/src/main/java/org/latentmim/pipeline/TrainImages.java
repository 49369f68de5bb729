package org.latentmim.pipeline;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The images to learn from. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface TrainImages {}
