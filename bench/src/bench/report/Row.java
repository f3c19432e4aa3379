// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

/**
 * One line of the table.
 *
 * @param id by which it is selected
 * @param what what is measured, for people
 * @param unit of both values
 * @param ours what is measured
 * @param reference what it is compared with, or null
 * @param aim or null if there is none
 */
record Row(String id, String what, String unit, Probe ours, Probe reference, Aim aim) {
}
