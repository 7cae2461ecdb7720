package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says in which region numbers are read: the device decides for what it receives and sends, the tenant for everything
 * else. A region that nobody set is learnt from an international number of the device, and never guessed.
 */
@Component
public class Numbering {

    private final Devices devices;
    private final Tenants tenants;
    /** The regions of a tenant's devices, until one of these changes. */
    private final Map<String, Set<String>> ofDevices = new ConcurrentHashMap<>();

    Numbering(Devices devices, Tenants tenants) {
        this.devices = devices;
        this.tenants = tenants;
        devices.watch(ofDevices::remove);
    }

    /**
     * Returns the region of a device: its own, that of the SIM's or its number, or its tenant's; null if none is known.
     *
     * @param sim the SIM that receives or sends; null if unknown
     */
    public @Nullable String region(Device device, @Nullable Integer sim) {
        String own = ownRegion(device, sim);
        return own != null
                ? own
                : tenants.find(device.tenantId()).map(Tenant::region).orElse(null);
    }

    private static @Nullable String ownRegion(Device device, @Nullable Integer sim) {
        if (device.region() != null) {
            return device.region();
        }
        String ofNumber = Region.codeOf(device.numberOf(sim));
        return ofNumber != null || device.sims().isEmpty() ? ofNumber : ofSims(device);
    }

    /** Returns the region in which all SIMs are whose numbers say so. */
    private static @Nullable String ofSims(Device device) {
        return only(regions(device.sims()));
    }

    private static Set<String> regions(Map<Integer, String> sims) {
        Set<String> regions = new LinkedHashSet<>();
        new TreeMap<>(sims)
                .values().stream().map(Region::codeOf).filter(Objects::nonNull).forEach(regions::add);
        return regions;
    }

    private static @Nullable String only(Set<String> regions) {
        return regions.size() == 1 ? regions.iterator().next() : null;
    }

    private Set<String> regions(String tenantId) {
        String own = tenants.find(tenantId).map(Tenant::region).orElse(null);
        Set<String> ofDevices = ofDevices(tenantId);
        if (own == null || ofDevices.contains(own)) {
            return ofDevices;
        }
        Set<String> all = new LinkedHashSet<>(ofDevices);
        all.add(own);
        return all;
    }

    /**
     * Returns the keys under which a number may be stored that a device in this region knows: its forms there, and those
     * in the regions of the tenant's other devices.
     */
    public Set<String> forms(String tenantId, String spelling, @Nullable String region) {
        Set<String> forms = Region.forms(spelling, region);
        Set<String> regions = regions(tenantId);
        if (regions.isEmpty() || (regions.size() == 1 && regions.contains(region))) {
            return forms;
        }
        String key = Region.key(spelling, region);
        Set<String> all = new LinkedHashSet<>(forms);
        for (String other : regions) {
            Region.find(other).map(known -> known.national(key)).ifPresent(all::addAll);
        }
        return all;
    }

    /** Returns the region of a tenant: its own, or the only one of its devices; null if none is known. */
    public @Nullable String region(String tenantId) {
        String own = tenants.find(tenantId).map(Tenant::region).orElse(null);
        return own != null ? own : only(ofDevices(tenantId));
    }

    private Set<String> ofDevices(String tenantId) {
        return ofDevices.computeIfAbsent(tenantId, this::find);
    }

    private Set<String> find(String tenantId) {
        Set<String> all = new LinkedHashSet<>();
        devices.ofTenant(tenantId).forEach(device -> {
            String own = ownRegion(device, null);
            all.addAll(own != null ? Set.of(own) : regions(device.sims()));
        });
        return all;
    }

    /**
     * Returns the keys under which a tenant's rows may hold a number. A national spelling is read in the tenant's region
     * or, if it has none, in that of all its devices; where these differ it is not guessed.
     */
    public Numbers numbers(String tenantId, String spelling) {
        String key = Region.key(spelling, region(tenantId));
        Set<String> national = new LinkedHashSet<>();
        Set<String> regions = new LinkedHashSet<>();
        for (String region : regions(tenantId)) {
            Set<String> forms =
                    Region.find(region).map(known -> known.national(key)).orElse(Set.of());
            if (!forms.isEmpty()) {
                national.addAll(forms);
                regions.add(region);
            }
        }
        Set<String> keys = new LinkedHashSet<>(Set.of(key));
        keys.add(PhoneNumber.key(spelling));
        national.removeAll(keys);
        Set<String> former = new LinkedHashSet<>(PhoneNumber.formerKeys(spelling));
        former.addAll(PhoneNumber.formerKeys(key));
        return new Numbers(keys, national, regions, former);
    }
}
