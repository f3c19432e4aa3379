// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import itest.support.Bundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.kernel.KernelFactory;
import machine.core.slot.VariantInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** The workbench as a set of bundles, components and variants. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class BundlesIT {
    private static final Map<String, String> SHIPPED = Map.of(
            "lwp", "[1.47, 1.76.2.1, 1.84]",
            "machine", "[aarch64, aarch64-hafdbs, amd64, amd64-la57, armv7, i386, i386-pae]",
            "mapindex", "[chunks, rbtree, splay]",
            "pageout", "[clock, twoqueue]",
            "sched", "[4bsd, eevdf, m2, ule]",
            "vm", "[fixed, modern, seed]");

    @InjectBundleContext
    BundleContext context;
    @InjectService
    ServiceComponentRuntime components;
    @InjectService
    KernelFactory factory;

    @Test
    void everyBundleIsActive() {
        List<String> inactive = new Bundles(context).startable().stream()
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals(List.of(), inactive);
    }

    @Test
    void everyComponentFindsWhatItNeeds() {
        List<String> unsatisfied = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(component)) {
                if (configuration.state != ComponentConfigurationDTO.SATISFIED
                        && configuration.state != ComponentConfigurationDTO.ACTIVE) {
                    unsatisfied.add(component.name + " " + configuration.state + " " + configuration.failure);
                }
            }
        }
        assertEquals(List.of(), unsatisfied);
    }

    @Test
    void everyShippedVariantIsThereAndNamesItsBundle() {
        Map<String, String> variants = new TreeMap<>();
        for (String slot : factory.variants().slots()) {
            List<VariantInfo> infos = factory.variants().variants(slot);
            variants.put(slot, infos.stream().map(VariantInfo::variant).toList().toString());
            infos.forEach(new Bundles(context)::providing);
        }
        assertEquals(new TreeMap<>(SHIPPED), variants);
    }
}
