// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;

/**
 * One error of a call.
 *
 * @param label the errno, with a word in brackets where one errno has several reasons: {@code EFAULT(ucp)}
 * @param revisions where it is tested for
 * @param when the reason in words
 */
record Failure(String label, List<String> revisions, String when) {
    String errno() {
        int bracket = label.indexOf('(');
        return bracket < 0 ? label : label.substring(0, bracket);
    }
}
