// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;
import shell.command.format.Formatter;

/** Lets Gogo print results of ours where it prints by itself: in pipelines, and values of variables. */
@Component
public final class ResultConverter implements Converter {
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return Formatter.formats(target) ? Formatter.text(target) : null;
    }
}
