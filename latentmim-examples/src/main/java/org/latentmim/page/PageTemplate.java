package org.latentmim.page;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/** The words and the look of a page, beside this class. What is put into it is written as text, whatever is in it. */
final class PageTemplate {

    private PageTemplate() {}

    /** Returns the page that a template makes of what it names. */
    static String fill(String template, Object content) {
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withCollector(new Present())
                .withLoader(name -> source(name + ".html"))
                .compile(source(template + ".html"))
                .execute(content);
    }

    /** Goes through what an optional holds as through a list of it. */
    private static final class Present extends DefaultCollector {

        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof Optional<?> optional ? optional.stream().iterator() : super.toIterator(value);
        }
    }

    private static Reader source(String file) {
        return new InputStreamReader(PageTemplate.class.getResourceAsStream(file), StandardCharsets.UTF_8);
    }
}
