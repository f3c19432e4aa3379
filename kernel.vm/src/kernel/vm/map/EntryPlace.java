// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/**
 * Where an entry is: all that a lookup reads of it.
 *
 * <p>A class of its own because the JVM lays the fields of a superclass out first and together, within one or two lines of
 * the cache; in a large map a lookup is as slow as the number of lines it has to fetch.
 */
abstract class EntryPlace {
    long start;
    long end;
    /** The map it is in, or null. */
    VmMap owner;
    /** The place of this entry in the map's index; only the index uses it. */
    Object indexNode;
    VmMapEntry previous;
    VmMapEntry next;
}
