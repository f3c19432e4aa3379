// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import shell.command.format.Fields.FieldOf;

/**
 * Turns the result of a command into what the user reads: a list of results into a table, a single one
 * into a list of its values. It is the only place that does.
 */
public final class Formatter {
    private Formatter() {
    }

    /** Whether the object is a result of ours rather than a plain value. */
    public static boolean formats(Object result) {
        return result instanceof Worded || result instanceof Rows || result != null && result.getClass().isRecord();
    }

    /** The text of a result, without a newline at the end. */
    public static String text(Object result) {
        return switch (result) {
            case null -> "";
            case Worded worded -> worded.text();
            case Rows<?> rows -> table(rows.type(), rows);
            case Collection<?> list when isTable(list) -> table(list.iterator().next().getClass(), list);
            case Collection<?> list -> list.stream().map(Formatter::text).collect(Collectors.joining("\n"));
            default -> Fields.known(result.getClass()) ? details(result) : result.toString();
        };
    }

    private static boolean isTable(Collection<?> list) {
        if (list.isEmpty()) {
            return false;
        }
        Class<?> type = list.iterator().next().getClass();
        return !Worded.class.isAssignableFrom(type) && Fields.known(type) && list.stream().allMatch(type::isInstance);
    }

    private static String table(Class<?> type, Collection<?> rows) {
        List<FieldOf> fields = Fields.of(type);
        Table table = new Table(fields.stream().map(FieldOf::title).toArray(String[]::new));
        for (int i = 0; i < fields.size(); i++) {
            if (isNumber(fields.get(i).type())) {
                table.rightAlign(i);
            }
        }
        for (Object row : rows) {
            table.row(fields.stream().map(f -> cell(f, row)).toArray(String[]::new));
        }
        return table.toString();
    }

    private static boolean isNumber(Class<?> type) {
        return type == int.class || type == long.class || type == double.class || Number.class.isAssignableFrom(type);
    }

    private static String cell(FieldOf field, Object row) {
        return value(field.unit(), field.of(row));
    }

    private static String value(Unit unit, Object value) {
        return switch (value) {
            case null -> "";
            case Integer number -> unit.text(number);
            case Long number -> unit.text(number);
            case Boolean flag -> flag ? "yes" : "no";
            case Collection<?> list -> list.stream().map(v -> value(unit, v)).collect(Collectors.joining(" "));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(e -> e.getKey() + "=" + value(unit, e.getValue()))
                    .collect(Collectors.joining(" "));
            default -> value.toString();
        };
    }

    /** One line for each plain value, then a titled table for each list of results. */
    private static String details(Object result) {
        List<FieldOf> plain = new ArrayList<>();
        List<FieldOf> nested = new ArrayList<>();
        for (FieldOf field : Fields.of(result.getClass())) {
            Object value = field.of(result);
            boolean table = value instanceof Rows || value instanceof Worded
                    || value instanceof Collection<?> list && isTable(list);
            (table ? nested : plain).add(field);
        }
        StringBuilder text = new StringBuilder();
        int width = plain.stream().mapToInt(f -> label(f).length()).max().orElse(0);
        for (FieldOf field : plain) {
            String value = cell(field, result);
            String line = label(field) + " ".repeat(width - label(field).length()) + "  "
                    + (value.isEmpty() ? "-" : value);
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        for (FieldOf field : nested) {
            text.append(text.isEmpty() ? "" : "\n\n").append(label(field)).append(":\n").append(text(field.of(result)));
        }
        return text.toString();
    }

    private static String label(FieldOf field) {
        return field.title().toLowerCase(java.util.Locale.ROOT);
    }

    /** A duration as people write it: {@code 1.5ms}. */
    public static String duration(long nanos) {
        return Unit.duration(nanos);
    }
}
