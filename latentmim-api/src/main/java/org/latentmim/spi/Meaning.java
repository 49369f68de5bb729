package org.latentmim.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key of a recipe does, in one line for its user; on a configuration record, what the component is. Shown by
 * {@code latentmim components}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Meaning {

    /** One line without a full stop, with unit and range where there are any. */
    String value();
}
