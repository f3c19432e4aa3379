// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The named values of a result: the components of a record, or the public fields of an OSGi DTO.
 *
 * <p>The last word of a name is its unit, and decides how a person sees the value: {@code runNanos}
 * becomes a column {@code RUN} with durations. JSON keeps the name and the number.
 */
final class Fields {
    /** One named value of a kind of result. */
    record FieldOf(String name, Class<?> type, Reader reader) {
        Object of(Object target) {
            try {
                return reader.read(target);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(name + " of " + target.getClass().getSimpleName() + " cannot be read",
                        e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(name + " of " + target.getClass().getSimpleName() + " cannot be read",
                        e);
            }
        }

        Unit unit() {
            return Unit.of(name);
        }

        /** As a column or a label: {@code waitChannel} is {@code WAIT CHANNEL}. */
        String title() {
            String bare = unit().strip(name);
            return bare.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
        }
    }

    /** Reads one value. */
    interface Reader {
        Object read(Object target) throws ReflectiveOperationException;
    }

    private Fields() {
    }

    /** The fields in declaration order; empty if the type is neither a record nor has public fields. */
    static List<FieldOf> of(Class<?> type) {
        return type.isRecord() ? ofRecord(type) : ofDto(type);
    }

    static boolean known(Class<?> type) {
        return type.isRecord() || !ofDto(type).isEmpty();
    }

    private static List<FieldOf> ofRecord(Class<?> type) {
        List<FieldOf> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            fields.add(new FieldOf(component.getName(), component.getType(), accessor::invoke));
        }
        return fields;
    }

    private static List<FieldOf> ofDto(Class<?> type) {
        List<FieldOf> fields = new ArrayList<>();
        for (Field field : type.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                fields.add(new FieldOf(field.getName(), field.getType(), field::get));
            }
        }
        return fields;
    }
}
