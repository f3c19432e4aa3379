// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tables say about one call.
 *
 * @param call its name
 * @param text paragraphs about it
 * @param usual its arguments where nothing else is said, with which it succeeds
 * @param faults what can be wrong, in the order in which it is looked for
 * @param pairings two faults at once where that does not follow from each alone
 * @param unreachable errno that the original's documentation lists and no call returns, each with its reason
 * @param rows further calls
 * @param file the file it is from
 */
record Chapter(String call, List<String> text, List<Settings> usual, List<Fault> faults, List<Pairing> pairings,
        List<String> unreachable, List<Row> rows, String file) {
    /** A call with these faults, of which the first one has to be found. */
    record Both(Fault first, Fault second, Settings settings) {
        String title() {
            return first.label() + " before " + second.label();
        }
    }

    Chapter(String call, String file) {
        this(call, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), file);
    }

    /** The arguments of a call. */
    Settings arguments(Settings on) {
        return usual.isEmpty() ? on : usual.getFirst().and(on);
    }

    List<Fault> faults(String profile) {
        return faults.stream().filter(f -> f.profiles().contains(profile)).toList();
    }

    /** Every two faults of a profile that have different errno and can both be the case. */
    List<Both> pairs(String profile) {
        List<Both> pairs = new ArrayList<>();
        List<Fault> present = faults(profile);
        for (int i = 0; i < present.size(); i++) {
            for (int j = i + 1; j < present.size(); j++) {
                Settings both = together(present.get(i), present.get(j), profile);
                if (both != null) {
                    pairs.add(new Both(present.get(i), present.get(j), both));
                }
            }
        }
        return pairs;
    }

    @Override
    public String toString() {
        return call;
    }

    /** Every two faults of a profile of which nobody said how or why not they come together. */
    List<String> undecided(String profile) {
        List<String> missing = new ArrayList<>();
        List<Fault> present = faults(profile);
        for (int i = 0; i < present.size(); i++) {
            for (int j = i + 1; j < present.size(); j++) {
                Fault first = present.get(i);
                Fault second = present.get(j);
                if (!first.errno().equals(second.errno()) && said(first, second, profile) == null
                        && composed(first, second) == null) {
                    missing.add(profile + ": " + first.label() + " and " + second.label());
                }
            }
        }
        return missing;
    }

    private Settings together(Fault first, Fault second, String profile) {
        if (first.errno().equals(second.errno())) {
            return null;
        }
        Pairing said = said(first, second, profile);
        return said != null ? said.settings() : composed(first, second);
    }

    private Pairing said(Fault first, Fault second, String profile) {
        return pairings.stream().filter(p -> p.about(first.label(), second.label(), profile)).findFirst().orElse(null);
    }

    private static Settings composed(Fault first, Fault second) {
        for (Settings one : first.ways()) {
            for (Settings other : second.ways()) {
                if (!one.contradicts(other)) {
                    return one.and(other);
                }
            }
        }
        return null;
    }
}
