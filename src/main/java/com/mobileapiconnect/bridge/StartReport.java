package com.mobileapiconnect.bridge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says why a start failed: a single event of the log, so that it is one line for people and one object for machines. */
final class StartReport implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    @Override
    public void report(FailureAnalysis analysis) {
        String action = analysis.getAction();
        LOG.error(
                "ERP Bridge does not start. {}{}",
                analysis.getDescription(),
                action == null || action.isBlank() ? "" : " " + action);
    }
}
