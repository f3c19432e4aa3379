// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

/**
 * What a user wants of a quirk, whatever the variant in its slot has.
 *
 * @param quirk its id or name, or {@link #ALL}
 * @param on whether the documented behaviour is reproduced
 */
public record QuirkChoice(String quirk, boolean on) {
    /** Stands for every quirk there is. */
    public static final String ALL = "all";

    /**
     * Reads {@code QUIRK=on} or {@code QUIRK=off}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static QuirkChoice parse(String text) {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        if (equals < 1 || !value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException("write a quirk as QUIRK=on or QUIRK=off, not " + text);
        }
        return new QuirkChoice(text.substring(0, equals), value.equals("on"));
    }
}
