// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.util.AbstractList;
import java.util.List;

/**
 * The rows of a table, which still knows its columns when it has no rows.
 *
 * @param <T> what a row is: a record, or an OSGi DTO
 */
public final class Rows<T> extends AbstractList<T> {
    private final Class<T> type;
    private final List<T> rows;

    /**
     * Keeps a copy of the rows.
     *
     * @param type what a row is; its components are the columns
     */
    public Rows(Class<T> type, List<T> rows) {
        this.type = type;
        this.rows = List.copyOf(rows);
    }

    Class<T> type() {
        return type;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }
}
