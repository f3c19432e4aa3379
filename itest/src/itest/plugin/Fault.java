// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.lang.reflect.Method;

/**
 * What a {@link Misbehaving} variant does wrong: the system property {@value #PROPERTY} when it is made.
 *
 * <p>Such as {@code scan loop 3}: in the callback, in that way, from the fourth call on. The callback has the simple name
 * of its type and a point before it where several types have one of that name.
 */
public final class Fault {
    public static final String PROPERTY = "itest.fault";
    /** The system property that is set when it begins. */
    public static final String AT_WORK = "itest.fault.at-work";

    private final String callback;
    private final String how;
    private int works;

    Fault(String words) {
        String[] word = words.split(" ");
        callback = word[0];
        how = word[1];
        works = word.length > 2 ? Integer.parseInt(word[2]) : 0;
    }

    String how() {
        return how;
    }

    boolean concerns(Method method) {
        boolean named = callback.equals(method.getName())
                || callback.equals(method.getDeclaringClass().getSimpleName() + "." + method.getName());
        return named && --works < 0;
    }
}
