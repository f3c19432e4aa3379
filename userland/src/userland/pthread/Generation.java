// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

/** The two designs of libpthread. A process has one for life; its forked children have the same. */
public enum Generation {
    /**
     * The library of 2007 to 2019 (pthread.c 1.113, pthread_mutex.c 1.54, pthread_cond.c 1.57): waiters are thread
     * descriptors, and wake-ups are collected to go with the next unlock or park.
     */
    LIBPTHREAD_2009("2009"),

    /**
     * The library since 2020 (pthread_mutex.c 1.82, pthread_cond.c 1.77): waiters are records on their own stacks, on
     * lists without locks.
     */
    LIBPTHREAD_2020("2020");

    private final String year;

    Generation(String year) {
        this.year = year;
    }

    /** Its name for users: a year. */
    public String year() {
        return year;
    }

    /**
     * The generation of that year.
     *
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    public static Generation ofYear(String year) {
        for (Generation generation : values()) {
            if (generation.year.equals(year)) {
                return generation;
            }
        }
        throw new IllegalArgumentException("no thread library of " + year + "; there are 2009 and 2020");
    }
}
