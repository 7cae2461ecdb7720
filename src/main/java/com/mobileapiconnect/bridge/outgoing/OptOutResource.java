package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints that list opt-outs and change them by hand, for customers who asked in another way. */
@RestController
@RequestMapping("/v1/opt-outs")
class OptOutResource {

    private static final int LARGEST_TABLE = 1 << 20;
    private static final Pattern PLAIN = Pattern.compile("\\+?[0-9]+");

    private final OptOuts optOuts;
    private final OptOutImport imports;
    private final Numbering numbering;
    private final Audit audit;

    OptOutResource(OptOuts optOuts, OptOutImport imports, Numbering numbering, Audit audit) {
        this.imports = imports;
        this.optOuts = optOuts;
        this.numbering = numbering;
        this.audit = audit;
    }

    @GetMapping
    Page<OptOuts.View> list(Caller.OfTenant caller, Page.Request page) {
        return optOuts.page(caller.tenantId(), page);
    }

    /** Shows the opt-out of a number in any spelling; 404 if it has not opted out. */
    @GetMapping("/{number}")
    OptOuts.View one(Caller.OfTenant caller, @PathVariable String number) {
        String given = WellFormed.of(number);
        return optOuts.find(new Customer(caller.tenantId(), given, numbering.region(caller.tenantId())))
                .orElseThrow(() -> Problem.notFound("opt-out of " + given));
    }

    /** @param refused each with its index or its line */
    record Taken(int added, int already, List<? extends Record> refused) {}

    record RefusedIndex(int index, String message) {}

    record RefusedLine(int line, String message) {}

    /** Takes over a number that opted out elsewhere, or many. */
    @PostMapping
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    Taken add(Caller.OfTenant caller, JsonBody body) {
        Fields fields = Fields.of(body).allow("number", "numbers");
        List<String> given = fields.has("number") ? one(fields) : many(fields);
        fields.orThrow();
        List<OptOutImport.Entry> numbers = new ArrayList<>();
        given.forEach(number -> numbers.add(new OptOutImport.Entry(numbers.size(), WellFormed.of(number))));
        return taken(imports.take(caller, numbers), refused -> new RefusedIndex(refused.place(), refused.message()));
    }

    private static List<String> one(Fields fields) {
        String number = fields.text("number", OptOutImport.LONGEST_WRITTEN);
        if (fields.has("numbers")) {
            fields.wrong("numbers", "must not be given with number");
        }
        if (fields.raw("number") == null) {
            fields.wrong("number", "must be a number");
        }
        return number == null ? List.of() : List.of(number);
    }

    private static List<String> many(Fields fields) {
        JsonNode given = fields.raw("numbers");
        if (given == null || !given.isArray() || given.isEmpty() || given.size() > OptOutImport.MOST) {
            fields.wrong("numbers", "must be a list of 1 to " + OptOutImport.MOST + " numbers; for one give number");
            return List.of();
        }
        List<String> numbers = new ArrayList<>(given.size());
        given.forEach(number -> numbers.add(number.asText()));
        return numbers;
    }

    /** The same from a table, such as the one that {@code export} writes. */
    @PostMapping("/import")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    Taken addAll(Caller.OfTenant caller, HttpServletRequest request) {
        List<OptOutImport.Entry> numbers = CsvNumbers.read(RawBody.read(request, LARGEST_TABLE), OptOutImport.MOST);
        if (numbers.isEmpty() || numbers.size() > OptOutImport.MOST) {
            throw CsvNumbers.tooMany(OptOutImport.MOST);
        }
        return taken(imports.take(caller, numbers), refused -> new RefusedLine(refused.place(), refused.message()));
    }

    private static Taken taken(OptOutImport.Result result, Function<OptOutImport.Refused, ? extends Record> view) {
        return new Taken(
                result.added(),
                result.already(),
                result.refused().stream().map(view).toList());
    }

    /** Writes all opt-outs, a page after the other: nothing of the size of the list is held in memory. */
    @GetMapping("/export")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    void export(Caller.OfTenant caller, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"opt-outs.csv\"");
        OutputStream out = response.getOutputStream();
        out.write("number,since,messageId\r\n".getBytes(StandardCharsets.UTF_8));
        String cursor = null;
        do {
            Page<OptOuts.View> page = optOuts.page(caller.tenantId(), new Page.Request(Page.MAX_LIMIT, cursor));
            StringBuilder lines = new StringBuilder();
            page.data().forEach(each -> lines.append(line(each)));
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            cursor = page.next();
        } while (cursor != null);
    }

    /** Quotes a sender that is no number: it may look like a formula to a spreadsheet. */
    private static String line(OptOuts.View each) {
        String number = PLAIN.matcher(each.number()).matches()
                ? each.number()
                : "\"'" + each.number().replace("\"", "\"\"") + "\"";
        String messageId = each.messageId() == null ? "" : each.messageId();
        return number + "," + WireTime.format(each.since()) + "," + messageId + "\r\n";
    }

    @DeleteMapping("/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller.OfTenant caller, @PathVariable String number) {
        Customer customer = new Customer(caller.tenantId(), number, numbering.region(caller.tenantId()));
        audit.change(
                caller,
                caller.tenantId(),
                new Audit.Entry("opt-out.delete", PhoneNumber.hidden(customer.key()), null),
                tx -> {
                    if (!optOuts.start(tx, customer)) {
                        throw Problem.notFound("opt-out of " + number);
                    }
                });
    }
}
